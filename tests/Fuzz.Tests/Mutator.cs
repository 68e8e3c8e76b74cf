namespace GridMesh.Fuzz.Tests;

/// <summary>Makes inputs of inputs: the same seed makes the same ones.</summary>
/// <param name="words">Of the format.</param>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> words, int lengthMax)
{
    private static readonly byte[] s_edges = [0, 1, 0x0A, 0x20, 0x22, 0x30, 0x39, 0x5C, 0x7F, 0x80, 0xC0, 0xED, 0xFF];

    private static readonly byte[][] s_numbers =
    [
        .. new[]
        {
            "0", "-1", "00", "1e9", "1e999", "-0.0", "255", "65536", "2147483648", "-9223372036854775808",
            "99999999999999999999",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly Random _random = new(seed);

    public byte[] Next(List<byte[]> known)
    {
        var bytes = new List<byte>(Pick(known));
        for (var step = 1 << _random.Next(4); step > 0; step--)
            Change(bytes, known);

        return [.. bytes.Take(lengthMax)];
    }

    /// <summary>What was found last is gone on from most.</summary>
    private byte[] Pick(List<byte[]> known) =>
        known[Math.Max(_random.Next(known.Count), _random.Next(known.Count))];

    private void Change(List<byte> bytes, List<byte[]> known)
    {
        var (at, length) = Range(bytes.Count);
        switch (_random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = s_edges[_random.Next(s_edges.Length)];
                break;
            case 2 when length > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, words.Count > 0 ? words[_random.Next(words.Count)] : s_edges);
                break;
            case 6 when words.Count > 0:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, words[_random.Next(words.Count)]);
                break;
            case 7:
                var other = Pick(known);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[_random.Next(other.Length + 1)..]);
                break;
            default:
                Renumber(bytes, at);
                break;
        }
    }

    /// <summary>Another number in place of the next one.</summary>
    private void Renumber(List<byte> bytes, int from)
    {
        var at = bytes.FindIndex(from, one => char.IsAsciiDigit((char)one));
        if (at < 0)
            return;

        var end = bytes.FindIndex(at, one => !char.IsAsciiDigit((char)one));
        bytes.RemoveRange(at, (end < 0 ? bytes.Count : end) - at);
        bytes.InsertRange(at, s_numbers[_random.Next(s_numbers.Length)]);
    }

    private (int At, int Length) Range(int count)
    {
        var at = _random.Next(count + 1);
        return (at, Math.Min(1 << _random.Next(8), count - at));
    }
}
