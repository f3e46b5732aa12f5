/**
 * A file that somebody shared with the bot, by its private address. The token goes to Slack alone.
 * Throws on another address, on refusal and on more bytes than `most`.
 */
export async function download(
  address: string,
  most: number,
  token: string,
  apiUrl: string,
): Promise<Uint8Array> {
  const url = new URL(address)
  const isSlack = url.protocol === 'https:' && /(^|\.)slack\.com$/.test(url.hostname)
  if (!isSlack && url.origin !== new URL(apiUrl).origin) throw new Error('not an address of Slack')
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  })
  if (!answer.ok || !answer.body) throw new Error(`file answered ${answer.status}`)
  // Without the scope Slack answers with its page for signing in.
  if (answer.headers.get('content-type')?.startsWith('text/html')) throw new Error('not the file')
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of answer.body) {
    length += piece.length
    if (length > most) throw new Error('larger than it said')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
