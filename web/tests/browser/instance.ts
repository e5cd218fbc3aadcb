import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../../..', import.meta.url));

/** Path of the binary that the scripts run. */
const waybill = process.env.WAYBILL_BINARY ?? join(checkout, 'target/release/waybill');

/** Password of all demo accounts. */
export const DEMO_PASSWORD = 'waybill-demo-2026';

/** Time limit for the read models to process the demo data. */
const CAUGHT_UP_WITHIN_MS = 120_000;

/** Complete Waybill instance with its own data folder, started by the scripts as a user would. */
export class Instance {
  readonly url: string;
  readonly data: string;
  readonly port: number;

  constructor(data: string, port: number) {
    this.data = data;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<Instance> {
    const data = await mkdtemp(join(tmpdir(), 'waybill-browser-'));
    const instance = new Instance(data, await freePort());
    try {
      await instance.up();
      await instance.#caughtUp();
      return instance;
    } catch (error) {
      await instance.stop().catch(() => undefined); // The reason of the failed start says more.
      throw error;
    }
  }

  /** Waits until the read models include all demo data. */
  async #caughtUp(): Promise<void> {
    const deadline = Date.now() + CAUGHT_UP_WITHIN_MS;
    while (!(await this.#isCaughtUp())) {
      if (Date.now() > deadline) throw new Error('the read models did not catch up with the demo');
      await setTimeout(500);
    }
  }

  async #isCaughtUp(): Promise<boolean> {
    const { stdout } = await run(waybill, ['--data', this.data, 'status', '--json']);
    const { projections } = JSON.parse(stdout) as { projections: { lag: number }[] };
    return projections.length > 0 && projections.every((projection) => projection.lag === 0);
  }

  /** Starts the instance, keeping existing data. */
  async up(): Promise<void> {
    await script('run', '--detach', '--embedded', '--data', this.data, '--port', String(this.port));
  }

  /** Kills the server process like a crash, and before it the supervisor, which would start it again. */
  async kill(): Promise<void> {
    for (const file of ['run.pid', 'waybill.pid']) {
      const pid = Number((await readFile(join(this.data, file), 'utf8')).trim());
      process.kill(pid, 'SIGKILL');
    }
  }

  /** Creates an account with one role and the password of the demo accounts. */
  async addAccount(name: string, email: string, role: string): Promise<void> {
    const options = ['--email', email, '--password', DEMO_PASSWORD, '--role', role, '--name', name];
    await run(waybill, ['--data', this.data, 'account', 'create', ...options]);
  }

  /** Changes rows behind the back of the server, as a fault would. */
  async tamper(statement: string): Promise<void> {
    await this.#psql(statement);
  }

  /** Reads rows from the database, one line for each. */
  async query(statement: string): Promise<string> {
    return this.#psql(statement);
  }

  async #psql(statement: string): Promise<string> {
    const status = await run(waybill, ['--data', this.data, 'status', '--json', '--show-secrets']);
    const { postgres_url } = JSON.parse(status.stdout) as { postgres_url: string };
    const options = ['--no-psqlrc', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1'];
    const { stdout } = await run('psql', [...options, '--command', statement, postgres_url]);
    return stdout.trim();
  }

  async stop(): Promise<void> {
    await script('stop', '--data', this.data);
    await rm(this.data, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given'));
        else resolve(address.port);
      });
    });
  });
}

/** Runs a repository script. A failure includes its output. */
async function script(name: string, ...args: string[]): Promise<void> {
  if (name === 'stop') {
    await run(join(checkout, 'scripts', name), args);
    return;
  }
  // Background processes must not keep this process's pipes open, so output goes to a file.
  const log = join(tmpdir(), `waybill-browser-${randomUUID()}.log`);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(
      'bash',
      ['-c', 'exec "$0" "$@" >"$LOG" 2>&1', join(checkout, 'scripts', name), ...args],
      {
        stdio: 'ignore',
        env: { ...process.env, LOG: log },
      },
    );
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else
        void readFile(log, 'utf8').then(
          (output) => reject(new Error(`scripts/${name} failed (${code}):\n${output}`)),
          reject,
        );
    });
  });
  await rm(log, { force: true });
}
