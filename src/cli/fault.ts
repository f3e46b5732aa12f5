/** Something the person at the command line can mend: printed as a sentence, without a stack. */
export class Fault extends Error {
  override readonly name = 'Fault'
  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`)
  }
}
