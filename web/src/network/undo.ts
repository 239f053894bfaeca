// What was before, and what was undone.

export class Past<T> {
  private before: T[] = [];
  private after: T[] = [];
  private present: T;
  private readonly most: number;

  constructor(present: T, most = 100) {
    this.present = present;
    this.most = most;
  }

  get now(): T {
    return this.present;
  }

  get canUndo(): boolean {
    return this.before.length > 0;
  }

  get canRedo(): boolean {
    return this.after.length > 0;
  }

  /** Something was done. */
  push(next: T): void {
    this.before = [...this.before, this.present].slice(-this.most);
    this.after = [];
    this.present = next;
  }

  /** What is, told more exactly: where things came to stand. It is no step of its own. */
  amend(same: T): void {
    this.present = same;
  }

  undo(): T {
    const last = this.before.pop();
    if (last !== undefined) {
      this.after.push(this.present);
      this.present = last;
    }
    return this.present;
  }

  redo(): T {
    const next = this.after.pop();
    if (next !== undefined) {
      this.before.push(this.present);
      this.present = next;
    }
    return this.present;
  }
}
