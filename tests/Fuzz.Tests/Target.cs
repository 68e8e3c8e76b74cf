namespace GridMesh.Fuzz.Tests;

/// <summary>Something that reads what comes from outside.</summary>
/// <param name="Name">As it is called in titles.</param>
/// <param name="Inputs">How many are tried in the usual tests: about a second's worth.</param>
/// <param name="Samples">What is changed at first.</param>
/// <param name="Words">Of the format.</param>
/// <param name="Read">Reads, and throws where something is wrong that is no refusal.</param>
internal sealed record Target(
    string Name, int Inputs, IReadOnlyList<byte[]> Samples, IReadOnlyList<string> Words, Action<byte[]> Read)
{
    public Target(
        string name, int inputs, IEnumerable<string> samples, IReadOnlyList<string> words, Action<string> read)
        : this(
            name, inputs, [.. samples.Select(Encoding.UTF8.GetBytes)], words,
            bytes => read(Encoding.UTF8.GetString(bytes)))
    {
    }
}
