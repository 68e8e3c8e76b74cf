using System.Globalization;
using GridMesh.Storage.Commits;

namespace GridMesh.Storage.Grains;

internal readonly record struct StateKey(string Name, string GrainType, string Key);

/// <summary>A write or removal of a grain's state that waits for its group. Answers the new ETag, or null.</summary>
/// <param name="payload">Null removes the row.</param>
/// <param name="etag">The condition; null: there is no row.</param>
internal sealed class StateWrite(StateKey key, byte[]? payload, string? etag) : Write<string?>
{
    /// <summary>The answer to a removal that was made.</summary>
    public const string Cleared = "";

    public StateKey Key => key;

    public byte[]? Payload => payload;

    /// <summary>The condition as the number that is stored; -1 for text that no write ever answered.</summary>
    public long? Etag => etag is null ? null
        : long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
