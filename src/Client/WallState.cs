using System.Text.Json;

namespace GridMesh.Client;

/// <summary>What a client holds: a snapshot and the frames applied to it, all as plain JSON.</summary>
public sealed class WallState
{
    public Dictionary<string, JsonElement> Incidents { get; } = [];

    public Dictionary<string, JsonElement> Workers { get; } = [];

    public Dictionary<string, JsonElement> Children { get; } = [];

    public long Epoch { get; private set; }

    public long Version { get; private set; }

    public JsonElement Summary { get; private set; }

    public int Open => Summary.GetProperty("incidents").GetProperty("open").GetInt32();

    public int OnDuty => Summary.GetProperty("workers").GetProperty("onDuty").GetInt32();

    public void Wipe(JsonElement area)
    {
        Epoch = area.GetProperty("epoch").GetInt64();
        Version = area.GetProperty("version").GetInt64();
        Summary = area.GetProperty("summary");
        Incidents.Clear();
        Workers.Clear();
        Children.Clear();
        Put(Incidents, area.GetProperty("incidents"), "id");
        Put(Workers, area.GetProperty("workers"), "id");
        Put(Children, area.GetProperty("children"), "code");
    }

    /// <summary>False at a gap.</summary>
    public bool TryApply(JsonElement frame)
    {
        var to = frame.GetProperty("to").GetInt64();
        var isMine = frame.GetProperty("epoch").GetInt64() == Epoch;
        if (isMine && to < Version)
            return true;

        if (!isMine || frame.GetProperty("from").GetInt64() != Version)
            return isMine && to == Version;

        Version = to;
        if (frame.TryGetProperty("summary", out var summary))
            Summary = summary;

        if (frame.TryGetProperty("children", out var children))
            Put(Children, children, "code");

        Change(frame, "incidents", Incidents);
        Change(frame, "workers", Workers);
        return true;
    }

    private static void Change(JsonElement frame, string name, Dictionary<string, JsonElement> entries)
    {
        if (frame.TryGetProperty(name, out var changes))
        {
            foreach (var gone in changes.GetProperty("gone").EnumerateArray())
                entries.Remove(gone.GetString()!);

            Put(entries, changes.GetProperty("put"), "id");
        }
    }

    private static void Put(Dictionary<string, JsonElement> entries, JsonElement items, string key)
    {
        foreach (var item in items.EnumerateArray())
            entries[item.GetProperty(key).GetString()!] = item;
    }
}
