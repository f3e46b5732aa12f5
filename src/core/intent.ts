/**
 * What a person wants, whichever way it was said: typed, slash command, button or form.
 * `input` is unparsed until the command's own schema has read it.
 */
export interface Intent {
  readonly command: string
  readonly input: unknown
}
