// The shop's own button that opens the chat. Calls made before the chat is there wait in a queue.
window.Porchlight ??= (...call) => {
  window.Porchlight.q ??= []
  window.Porchlight.q.push(call)
}

document.querySelector('#ask').addEventListener('click', () => window.Porchlight('open'))
