using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridMesh.Load.Bare;

/// <summary>A frame as the product's, in the same order: its head is made anew, the rest is what the product sent.</summary>
internal sealed record BareFrame(string Code, long Epoch, long From, long To, DateTimeOffset At)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Rest { get; init; } = [];
}

/// <summary>What the hub is told to do.</summary>
/// <param name="Rate">Frames a second of each area; 0: none.</param>
/// <param name="Frames">For each area a frame of the product whose bytes are sent.</param>
internal sealed record BareOrder(double Rate, IReadOnlyDictionary<string, JsonElement> Frames);

/// <summary>Where an area stands, as a snapshot has it.</summary>
internal sealed record BareStand(string Code, long Epoch, long Version);

/// <summary>The answer to <c>Watch</c>, in the product's shape.</summary>
internal sealed record BareAnswer(string Kind, BareStand Area);
