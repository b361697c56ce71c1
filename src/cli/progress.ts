/** Says on a terminal how far the work is, once it has taken a second. */
export class Progress {
  private readonly started = Date.now();
  private done = 0;
  private shown = 0;

  constructor(
    private readonly total: number,
    private readonly isVisible: boolean,
  ) {}

  step(): void {
    this.done++;
    if (!this.isVisible) return;
    const now = Date.now();
    if (now - this.started < 1000 || now - this.shown < 100) return;
    this.shown = now;
    process.stderr.write(`\rread ${this.done} of ${this.total} files`);
  }

  end(): void {
    if (this.shown > 0) process.stderr.write('\r\u001b[K');
  }
}
