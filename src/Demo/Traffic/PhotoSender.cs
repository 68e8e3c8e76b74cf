using System.Text.Json;
using GridMesh.Demo.Photos;

namespace GridMesh.Demo.Traffic;

/// <summary>Takes photos of some cases: before, by who reports, and after, by who has handled them.</summary>
internal sealed class PhotoSender(TrafficContext context)
{
    private const double BeforeShare = 0.25;
    private const double AfterShare = 0.35;

    private readonly Random _random = context.Random(19);

    /// <summary>The scene that a reporter takes a photo of; null for most.</summary>
    public int? DrawBefore() => Draw(BeforeShare);

    /// <summary>The scene that an owner takes a photo of; null for most.</summary>
    public int? DrawAfter() => Draw(AfterShare);

    /// <summary>The case with the photo, or null where it was not taken: the case goes on without.</summary>
    public async Task<JsonElement?> AddAsync(
        TokenKey who, string id, int scene, bool isAfter, CancellationToken cancellation)
    {
        var kind = isAfter ? "After" : "Before";
        var answer = await context.Client.PostPhotoAsync(
            who, $"api/v1/incidents/{id}/evidence?kind={kind}", DemoPicture.Make(scene, isAfter),
            $"demo-photo:{id}:{kind}:{scene}", cancellation);
        DemoMeter.Commands.Add(1);
        if (answer.IsSuccess)
            return answer.Json;

        context.Failures.Add($"photo: {(int)answer.Status}");
        return null;
    }

    private int? Draw(double share) => _random.NextDouble() < share ? _random.Next(DemoPicture.Scenes) : null;
}
