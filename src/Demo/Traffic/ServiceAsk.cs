using System.Text.Json;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Services;
using GridMesh.Demo.Names;

namespace GridMesh.Demo.Traffic;

/// <summary>
/// What somebody of the demo asks for. How, and whether it is rated in the end, follows from the telephone number: so
/// the same order can go in once more after a restart and is answered as the first time, with the asker's token.
/// </summary>
internal sealed record ServiceAsk(
    string Matter, ServiceMode Mode, string Name, string Phone, string? Address, string? Text)
{
    private const double HomeShare = 0.5;

    /// <summary>No telephone has such a number.</summary>
    private const string Prefix = "000";

    private static readonly string[] s_notes = ["行动不便，请上门", "白天有人在家", "请先电话联系", "家中无人会用手机办理"];

    /// <summary>By the code that hangs in the grid, seven in ten; the others are signed in.</summary>
    public bool IsByCode => Phone[^1] < '7';

    /// <summary>It is rated once it is done, seven in ten.</summary>
    public bool IsRated => Phone[^2] < '7';

    public string Key => $"demo-service:{Phone}";

    public static ServiceAsk Draw(Random random)
    {
        var matter = ServiceMatters.All[random.Next(ServiceMatters.All.Length)];
        var others = matter.Modes.Remove(ServiceMode.AtHome);
        var mode = matter.Modes.Length > others.Length && random.NextDouble() < HomeShare
            ? ServiceMode.AtHome
            : others[random.Next(others.Length)];
        return new ServiceAsk(
            matter.Code, mode, PersonNames.Next(random), $"{Prefix}{random.Next(100_000_000):D8}",
            mode == ServiceMode.AtHome ? "小区南门第一栋" : null, s_notes[random.Next(s_notes.Length)]);
    }

    /// <summary>From a service as its grid's people see it; null where nobody of the demo asked.</summary>
    public static ServiceAsk? Read(JsonElement item) =>
        item.GetProperty("phone").GetString() is { } phone && phone.StartsWith(Prefix, StringComparison.Ordinal)
            ? new ServiceAsk(
                item.GetProperty("matter").GetString()!,
                EnumName.Parse<ServiceMode>(item.GetProperty("mode").GetString()!),
                item.GetProperty("name").GetString()!, phone, TextOf(item, "address"), TextOf(item, "note"))
            : null;

    private static string? TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var text) ? text.GetString() : null;
}
