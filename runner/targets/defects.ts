/** The defects that the stand-in can be built with: named on a command line, listed for people. */
import { type Defect, defects } from '../../sandbox/defects.ts';
import { whatWasMeant } from '../../scenarios/nearest.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';

export { defects } from '../../sandbox/defects.ts';

const isDefect = (name: string): name is Defect => Object.hasOwn(defects, name);

/**
 * @param option as the command calls it, for the message.
 * @throws PeakproofError INVALID_OPTION with every name that is no defect.
 */
export function readDefects(names: readonly string[], option: string): readonly Defect[] {
  const unknown = names.filter((name) => !isDefect(name));
  if (unknown.length > 0) {
    throw new PeakproofError(
      unknown.map((name) => {
        const remedy = whatWasMeant(name, Object.keys(defects));
        return problem('INVALID_OPTION', `${option}: there is no defect "${name}"`, { remedy });
      }),
    );
  }
  return [...new Set(names.filter(isDefect))];
}
