using System.Text.Json;
using GridMesh.Contracts.Json;
using Orleans.Storage;

namespace GridMesh.Silo.Hosting;

/// <summary>The state of our own grains as JSON, in the shape that all our JSON has.</summary>
internal sealed class MeshStateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, MeshJson.Compact));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, MeshJson.Compact)!;
}
