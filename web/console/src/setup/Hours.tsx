export default function Hours() {
  return null
}
