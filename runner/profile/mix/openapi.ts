export { mixOfOpenApi };

import type { Mix } from './types.ts';

function mixOfOpenApi(_text: string, _file: string, _only: { readonly method?: string | undefined }): Mix {
  throw new Error('todo');
}
