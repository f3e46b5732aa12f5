import type { Bank } from '../../support/bank.ts'

const cookieOf = (answer: Response): string =>
  (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
const stampIn = (page: string): string => page.match(/name="stamp" value="([0-9a-f]+)"/)?.[1] ?? ''

/** The pages as somebody opened them by the link from the chat, without a browser's drawing. */
export async function openDesk(bank: Bank, url: string, code: string) {
  const card = JSON.stringify(await bank.say(code, code === 'M2' ? 'desk' : '看板'))
  const link = `${url}${card.match(/\/desk\/in\/[\w-]{43}/)?.[0]}`
  const door = await fetch(link)
  const body = new URLSearchParams({ stamp: stampIn(await door.text()) })
  const entered = await fetch(link, {
    ...{ method: 'POST', body, redirect: 'manual' },
    headers: { cookie: cookieOf(door) },
  })
  const cookie = cookieOf(entered)
  const get = (path: string) =>
    fetch(`${url}/desk/${path}`, { headers: { cookie }, redirect: 'manual' })
  return {
    get,
    /** Sends a form of a page that was shown, with its stamp. */
    async post(path: string, form: Readonly<Record<string, string>>, shownOn: string) {
      const stamp = stampIn(await (await get(shownOn)).text())
      return fetch(`${url}/desk/${path}`, {
        ...{ method: 'POST', body: new URLSearchParams({ stamp, ...form }), redirect: 'manual' },
        headers: { cookie },
      })
    },
  }
}
