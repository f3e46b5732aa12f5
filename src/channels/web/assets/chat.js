// What the page does beyond plain forms: it stays at the latest line, sends with Enter, empties
// the field once a line is sent, and drops a line of the stream that it shows already.
const log = document.getElementById('log')
const field = document.querySelector('.say textarea')

const toEnd = () => log?.scrollTo({ top: log.scrollHeight })
toEnd()
if (log) new MutationObserver(toEnd).observe(log, { childList: true })

document.body.addEventListener('htmx:sseBeforeMessage', (event) => {
  if (document.getElementById(`line-${event.detail.lastEventId}`)) event.preventDefault()
})

document.body.addEventListener('htmx:afterRequest', (event) => {
  const form = event.detail.elt
  if (!event.detail.successful) return
  if (form.matches('.say')) form.reset()
  if (form.matches('.form')) form.querySelector('fieldset').disabled = true
})

field?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  if (field.value.trim()) field.form.requestSubmit()
})
