export default function Site() {
  return null
}
