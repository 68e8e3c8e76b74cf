using System.Text.Json;

namespace GridMesh.Contracts.Json;

/// <summary>A field of JSON that is not what it has to be, said in words that may be shown.</summary>
public sealed class FieldException(string words) : JsonException(words);
