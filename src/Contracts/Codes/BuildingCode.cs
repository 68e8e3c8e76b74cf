using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace GridMesh.Contracts.Codes;

/// <summary>The code of a building 楼栋: its grid's 15 digits and five more, 00001-99999.</summary>
[GenerateSerializer, Immutable, Alias("BuildingCode")]
[JsonConverter(typeof(BuildingCodeJsonConverter))]
public readonly record struct BuildingCode
{
    private BuildingCode(string value) => Value = value;

    /// <summary>20 digits; null only for the default value.</summary>
    [Id(0)] public string Value { get; private init; }

    public AreaCode Grid => AreaCode.Parse(Value[..15]);

    public static BuildingCode Parse(string text) =>
        TryParse(text, out var code, out var reason) ? code : throw new FormatException($"'{text}': {reason}");

    public static bool TryParse(
        [NotNullWhen(true)] string? text, out BuildingCode code, [NotNullWhen(false)] out string? reason)
    {
        code = default;
        reason = null;
        if (text is not { Length: 20 } || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            reason = "a building code has 20 digits";
        else if (text.AsSpan(15).SequenceEqual("00000"))
            reason = "digits 16-20 of a building are 00001-99999";
        else if (!AreaCode.TryParse(text[..15], out _, out reason))
            return false;

        if (reason is not null)
            return false;

        code = new BuildingCode(text!);
        return true;
    }

    public override string ToString() => Value;
}
