import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPENSSL } from '../tools.ts';

/** A certificate as a Secret of TiDB Operator holds it, and the authority that signed it. */
interface Signed {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** An authority of its own, a certificate of PD's server, and directories with those of its clients. */
export class Certificates {
  readonly server: Signed;
  private readonly root = mkdtempSync(join(tmpdir(), 'certificates-'));

  constructor() {
    this.openssl(
      'req',
      '-x509',
      '-nodes',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-days',
      '2',
      '-subj',
      '/CN=authority',
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
    );
    const directory = this.sign('server');
    const read = (file: string) => readFileSync(join(directory, file));
    this.server = { ca: read('ca.crt'), cert: read('tls.crt'), key: read('tls.key') };
  }

  /** A directory with `ca.crt`, `tls.crt` and `tls.key`, as a pod has its Secret mounted. */
  sign(name: string): string {
    const directory = mkdtempSync(join(this.root, `${name}-`));
    const at = (file: string) => join(directory, file);
    writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1\n');
    this.openssl(
      'req',
      '-new',
      '-nodes',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at('tls.key'),
      '-out',
      at('request'),
    );
    this.openssl(
      'x509',
      '-req',
      '-days',
      '2',
      '-in',
      at('request'),
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-extfile',
      at('names'),
      '-out',
      at('tls.crt'),
    );
    writeFileSync(at('ca.crt'), readFileSync(join(this.root, 'ca.crt')));
    return directory;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private openssl(...args: string[]): void {
    const { status, stderr } = spawnSync(OPENSSL.path ?? '', args, { cwd: this.root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
}
