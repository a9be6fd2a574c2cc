export default function Channels() {
  return null
}
