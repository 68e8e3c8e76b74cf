using System.Security.Cryptography;
using System.Text.Json;
using GridMesh.Contracts.Json;

namespace GridMesh.Grains.Facts;

/// <summary>Something that a fold knows, and what it says of it.</summary>
public readonly record struct FoldPart(string Name, string Says)
{
    private const int DigestBytes = 4;

    /// <summary>Says the state in words and the whole by its digest: households and askers are not told.</summary>
    public static FoldPart Of<T>(string name, string state, T whole)
    {
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(whole, MeshJson.Compact));
        return new FoldPart(name, $"{state} #{Convert.ToHexStringLower(hash.AsSpan(0, DigestBytes))}");
    }
}
