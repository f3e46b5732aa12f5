import { type Text, text } from '../../core/text.ts'

/** What is wrong with a playbook, and where: the path to it in the document. */
export interface Fault {
  readonly path: readonly string[]
  readonly because: Text
}

export const fault = (path: readonly string[], zh: string, en: string): Fault => ({
  path,
  because: text(zh, en),
})
