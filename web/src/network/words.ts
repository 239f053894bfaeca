// The texts that the page hands over, counted as the language counts.

type Text = string | Record<string, string>;

export class Words {
  readonly lang: string;
  private readonly texts: Readonly<Record<string, Text>>;

  constructor(texts: Readonly<Record<string, Text>>, lang: string) {
    this.texts = texts;
    this.lang = lang;
  }

  /** A number as the language writes it. */
  number(value: number): string {
    return new Intl.NumberFormat(this.lang).format(value);
  }

  /** The text `key` with its gaps filled; `n` chooses the plural. The key itself where there is no such text. */
  t(key: string, gaps: Readonly<Record<string, string | number>> = {}): string {
    const found = this.texts[key] ?? key;
    const form = new Intl.PluralRules(this.lang).select(Number(gaps.n ?? 0));
    const text = typeof found === "string" ? found : (found[form] ?? found.other ?? key);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = gaps[name];
      return value === undefined ? whole : typeof value === "number" ? this.number(value) : value;
    });
  }
}
