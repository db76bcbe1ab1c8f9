import { execFileSync } from 'node:child_process';

/** Contract and e2e tests drive the compiled package, as a user does. */
export default function build(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' });
}
