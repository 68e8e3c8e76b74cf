using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Open311;

/// <summary>An answer in the format that the address asks for: <c>.xml</c>, or else JSON.</summary>
internal sealed class Open311Answer(Document document, int status = StatusCodes.Status200OK) : IResult
{
    public const string Path = "/open311";

    public int Status => status;

    private static readonly JsonWriterOptions s_json = new() { Encoder = MeshJson.Options.Encoder };

    private static readonly XmlWriterSettings s_xml = new() { Encoding = new UTF8Encoding(false), Indent = true };

    public static Open311Answer Error(int status, params IReadOnlyCollection<string> descriptions) => new(
        new Document("errors", new Listing("error", descriptions.Select(description =>
            new Fields(("code", status), ("description", description))))),
        status);

    /// <summary>True for everything that answers in the words of Open311, errors of the framework too.</summary>
    public static bool Serves(HttpContext context) => context.Request.Path.StartsWithSegments(Path);

    public static bool WantsXml(HttpContext context) =>
        context.Request.Path.Value!.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var isXml = WantsXml(httpContext);
        var body = isXml ? ToXml(document) : ToJson(document);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = isXml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    internal static byte[] ToJson(Document document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_json))
        {
            Write(writer, document.Content);
        }

        return stream.ToArray();
    }

    internal static byte[] ToXml(Document document)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, s_xml))
        {
            Write(writer, document.Root, document.Content);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Part part)
    {
        switch (part)
        {
            case Text { Value: { } text }:
                writer.WriteStringValue(text);
                break;
            case Number { Value: { } number }:
                writer.WriteNumberValue(number);
                break;
            case Flag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case Fields fields:
                writer.WriteStartObject();
                foreach (var (name, value) in fields.Items)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case Listing list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(writer, item);

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void Write(XmlWriter writer, string name, Part part)
    {
        writer.WriteStartElement(name);
        switch (part)
        {
            case Text { Value: { } text }:
                writer.WriteString(Storable(text));
                break;
            case Number { Value: { } number }:
                writer.WriteString(number.ToString(CultureInfo.InvariantCulture));
                break;
            case Flag flag:
                writer.WriteString(flag.Value ? "true" : "false");
                break;
            case Fields fields:
                foreach (var (field, value) in fields.Items)
                    Write(writer, field, value);

                break;
            case Listing list:
                foreach (var item in list.Items)
                    Write(writer, list.Each, item);

                break;
        }

        writer.WriteEndElement();
    }

    /// <summary>XML has no word for most control characters, and people paste them.</summary>
    private static string Storable(string text) =>
        text.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))
            ? text
            : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));
}
