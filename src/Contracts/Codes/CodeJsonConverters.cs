using System.Text.Json;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Json;

namespace GridMesh.Contracts.Codes;

/// <summary>An area code is a string on the wire; a malformed one is an error of its field that says why.</summary>
public sealed class AreaCodeJsonConverter : JsonConverter<AreaCode>
{
    public override AreaCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AreaCode.TryParse(reader.GetString(), out var code, out var reason) ? code : throw new FieldException(reason);

    public override void Write(Utf8JsonWriter writer, AreaCode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>A building code is a string on the wire.</summary>
public sealed class BuildingCodeJsonConverter : JsonConverter<BuildingCode>
{
    public override BuildingCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BuildingCode.TryParse(reader.GetString(), out var code, out var reason)
            ? code
            : throw new FieldException(reason);

    public override void Write(Utf8JsonWriter writer, BuildingCode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>A case number is a string on the wire.</summary>
public sealed class CaseNumberJsonConverter : JsonConverter<CaseNumber>
{
    public override CaseNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CaseNumber.TryParse(reader.GetString(), out var number, out var reason)
            ? number
            : throw new FieldException(reason);

    public override void Write(Utf8JsonWriter writer, CaseNumber value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
