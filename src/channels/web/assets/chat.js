// What the page does beyond plain forms: it shows the latest line, sends with Enter, empties
// the field once a line is sent, and drops a line of the stream that it shows already.
const log = document.getElementById('log')
const field = document.querySelector('.say textarea')
const attached = document.querySelector('.say input[type=file]')
const hint = field?.placeholder ?? ''

// The end, or the beginning of the last line where that is taller than the page.
const toLatest = () => {
  const latest = log?.lastElementChild
  if (!latest) return
  const tall = latest.offsetHeight > log.clientHeight - 40
  log.scrollTo({ top: tall ? latest.offsetTop - log.offsetTop - 8 : log.scrollHeight })
}
toLatest()
if (log) new MutationObserver(toLatest).observe(log, { childList: true })

document.body.addEventListener('htmx:sseBeforeMessage', (event) => {
  if (document.getElementById(`line-${event.detail.lastEventId}`)) event.preventDefault()
})

document.body.addEventListener('htmx:afterRequest', (event) => {
  const form = event.detail.elt
  if (event.detail.successful && form.matches('.say')) {
    form.reset()
    attached?.dispatchEvent(new Event('change'))
  }
})

// The chosen file's name stands where the words would, so that it is seen before it is sent.
attached?.addEventListener('change', () => {
  const [file] = attached.files
  attached.parentElement.classList.toggle('chosen', Boolean(file))
  attached.parentElement.title = file?.name ?? ''
  if (field) field.placeholder = file?.name ?? hint
})

field?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  if (field.value.trim() || attached?.files.length) field.form.requestSubmit()
})
