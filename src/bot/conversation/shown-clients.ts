/** How inputs of buttons name a client. */
const NAMES: ReadonlySet<string> = new Set(['clientId', 'clientIds', 'keptId', 'mergedId'])
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/**
 * The clients of whom a card or what is offered shows something: those to whom its buttons and lines lead. Each is
 * there once.
 */
export function shownClients(shown: unknown): string[] {
  const ids = new Set<string>()
  const visit = (value: unknown, named: boolean): void => {
    if (typeof value === 'string') {
      if (named && ID.test(value)) ids.add(value)
    } else if (Array.isArray(value)) for (const each of value) visit(each, named)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) visit(each, NAMES.has(name))
    }
  }
  visit(shown, false)
  return [...ids]
}
