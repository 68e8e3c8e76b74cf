using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.ApiDocument;

/// <summary>The copy of the description that the pages' types are generated of; <c>./dev api</c> writes it.</summary>
public sealed class CopyTests(Product product)
{
    /// <summary>Set, the copy is written.</summary>
    private const string Writes = "GRIDMESH_WRITE_API";

    /// <summary>A line for every value, so that a change reads as one.</summary>
    private static readonly JsonSerializerOptions s_lines = new()
    {
        WriteIndented = true, IndentSize = 0, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact(DisplayName = "[AD7] the copy of the description that the pages have is what is served (./dev api writes it)")]
    public async Task Same()
    {
        var path = Path.Combine(ApiClientTests.Root, "src", "Web", "core", "api.json");
        var served = JsonNode.Parse(await product.App.Http.GetStringAsync("/openapi/v1.json"))!
            .ToJsonString(s_lines) + "\n";
        if (Environment.GetEnvironmentVariable(Writes) is not null)
            await File.WriteAllTextAsync(path, served);

        var isSame = await File.ReadAllTextAsync(path) == served;
        isSame.ShouldBeTrue($"{path} is not what is served: ./dev api writes it");
    }
}
