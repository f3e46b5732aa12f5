/** What is tapped, and the command that it says. */
interface Entry {
  readonly name: string
  readonly command: string
}

/** The app's menu: at most three at the top, at most five below one of them. */
const MENU: readonly (Entry | { readonly name: string; readonly items: readonly Entry[] })[] = [
  { name: '今日', command: 'today' },
  { name: '登记', command: 'outcome-form' },
  {
    name: '更多',
    items: [
      { name: '我的码', command: 'my-code' },
      { name: '帮助', command: 'help' },
    ],
  },
]

const key = (command: string): string => `menu:${command}`

/** The menu as WeCom takes it (developer.work.weixin.qq.com/document/path/90231). */
export const menuBody = {
  button: MENU.map((entry) =>
    'items' in entry
      ? {
          name: entry.name,
          sub_button: entry.items.map(({ name, command }) => ({
            type: 'click',
            name,
            key: key(command),
          })),
        }
      : { type: 'click', name: entry.name, key: key(entry.command) },
  ),
}

/** What a tapped entry is called; null when the menu has no such entry. */
export function entryOf(eventKey: string): Entry | null {
  const all = MENU.flatMap((entry) => ('items' in entry ? entry.items : [entry]))
  return all.find(({ command }) => key(command) === eventKey) ?? null
}
