import type { Schema } from './schema.ts';

/**
 * The fields of a definition. Each is parsed when it is first asked for: a resource has few of those that its type has,
 * and for every name in an object that it parses V8 makes a hidden class.
 */
export class Fields {
  readonly #text: string;
  readonly #base: Fields | undefined;
  #haveQuantities: boolean | undefined;
  readonly #parsed = new Map<string, Schema>();

  /** `text` has a line ` "name":{…}` for each field, between line breaks; `base` has further ones. */
  constructor(text: string, base: Fields | undefined) {
    this.#text = text;
    this.#base = base;
  }

  get(name: string): Schema | undefined {
    const known = this.#parsed.get(name);
    if (known !== undefined) return known;
    const field = this.#own(name) ?? this.#base?.get(name);
    if (field !== undefined) this.#parsed.set(name, field);
    return field;
  }

  names(): string[] {
    const own = Object.keys(JSON.parse(`{${this.#text}}`));
    const others = this.#base?.names() ?? [];
    return [...others, ...own.filter((name) => !others.includes(name))];
  }

  /** Whether one of them is, or may be, a quantity that no type of its own stands for. */
  get haveQuantities(): boolean {
    this.#haveQuantities ??=
      this.#text.includes('"format":"quantity"') || this.#base?.haveQuantities === true;
    return this.#haveQuantities;
  }

  #own(name: string): Schema | undefined {
    // No field has a quote in its name, with which a name could be more than one.
    if (name.includes('"')) return undefined;
    const head = `\n "${name}":`;
    const at = this.#text.indexOf(head);
    if (at < 0) return undefined;
    const from = at + head.length;
    const end = this.#text.indexOf('\n', from);
    return JSON.parse(this.#text.slice(from, this.#text[end - 1] === ',' ? end - 1 : end));
  }
}
