import { createInterface } from 'node:readline/promises'

/** Asks on a terminal; what is no terminal says no. */
export async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('加 --yes 才写入。 Nothing is written without --yes.')
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const said = await terminal.question('确认写入？ Write it? [y/N] ')
  terminal.close()
  return /^\s*(?:y|yes|是|确认)\s*$/i.test(said)
}
