export default function Image() {
  return null
}
