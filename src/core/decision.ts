import type { Intent } from './intent.ts'
import type { Text } from './text.ts'

/** A rule said no: the sentence tells the reader why and what to do instead. Nothing was changed. */
export class Refusal {
  readonly because: Text
  constructor(because: Text) {
    this.because = because
  }
}

export const refuse = (zh: string, en: string): Refusal => new Refusal({ zh, en })

/** More than one thing could be meant: the reader picks one, by button or by number. */
export class Choice {
  readonly question: Text
  readonly options: readonly { readonly label: string; readonly intent: Intent }[]
  constructor(question: Text, options: Choice['options']) {
    this.question = question
    this.options = options
  }
}
