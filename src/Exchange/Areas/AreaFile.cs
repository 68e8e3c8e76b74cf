using System.Text.Json;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Letters;
using GridMesh.Exchange.Packages;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange.Areas;

/// <summary>
/// <c>areas.geojson</c>: a FeatureCollection (RFC 7946), a feature for each area. Features are
/// read one after the other, so that a problem can name the line that its feature begins at.
/// </summary>
internal static class AreaFile
{
    private const string File = PackageFiles.Areas;

    public static List<Located<AreaEntry>> ReadFrom(PackageReader package, ProblemList problems)
    {
        try
        {
            using var stream = package.Find(File);
            if (stream is not null)
                return ReadFrom(stream, problems);

            problems.Add(File, 0, "", "缺少文件", "the file is missing");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            problems.Add(File, 0, "", "文件无法读取", e.Message);
        }

        return [];
    }

    public static List<Located<AreaEntry>> ReadFrom(Stream stream, ProblemList problems)
    {
        var areas = new List<Located<AreaEntry>>();
        try
        {
            using var buffer = new MemoryStream();
            stream.CopyTo(buffer);
            var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
            if (Utf8Text.BrokenLine(bytes) is { } broken)
                Utf8Text.Refuse(File, broken, problems);
            else
                ReadFeatures(bytes[Utf8Text.MarkLength(bytes)..], areas, problems);
        }
        catch (FileTooLargeException e)
        {
            problems.Add(File, 0, "", $"文件超过 {e.BytesMax} 字节", e.Message);
        }
        catch (JsonException e)
        {
            problems.Add(File, (int)(e.LineNumber ?? -1) + 1, "", "JSON 格式错误", "this is not JSON");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            problems.Add(File, 0, "", "文件无法读取", e.Message);
        }

        return areas;
    }

    private static void ReadFeatures(ReadOnlySpan<byte> bytes, List<Located<AreaEntry>> areas, ProblemList problems)
    {
        var reader = new Utf8JsonReader(bytes);
        var found = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            problems.Add(File, 1, "", "须为 FeatureCollection", "has to be a FeatureCollection");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFeatures = reader.ValueSpan.SequenceEqual("features"u8);
            reader.Read();
            if (isFeatures && reader.TokenType == JsonTokenType.StartArray)
            {
                found = true;
                if (!ReadArray(ref reader, bytes, areas, problems))
                    return;
            }
            else
            {
                reader.Skip();
            }
        }

        if (!found)
            problems.Add(File, 1, "features", "缺少 features 数组", "the array of features is missing");

        // Reading to the end finds what follows the collection.
        reader.Read();
    }

    /// <summary>False when there are too many.</summary>
    private static bool ReadArray(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, List<Located<AreaEntry>> areas, ProblemList problems)
    {
        var (line, at, count) = (1, 0, 0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            line += bytes[at..(int)reader.TokenStartIndex].Count((byte)'\n');
            at = (int)reader.TokenStartIndex;
            if (++count > ExchangeLimits.AreasMax)
            {
                problems.Add(
                    File, line, "", $"超过 {ExchangeLimits.AreasMax} 个区域",
                    $"has more than {ExchangeLimits.AreasMax} areas");
                return false;
            }

            using var feature = JsonDocument.ParseValue(ref reader);
            try
            {
                if (Feature.Read(feature.RootElement, line, problems) is { } area)
                    areas.Add(new Located<AreaEntry>(line, area));
            }
            catch (InvalidOperationException)
            {
                problems.Add(File, line, "", "含有残缺字符", WholeText.Words);
            }
        }

        return true;
    }

    /// <summary>A feature a line, so that people can compare two versions.</summary>
    public static void WriteTo(Stream stream, IEnumerable<AreaEntry> areas)
    {
        stream.Write("{\"type\":\"FeatureCollection\",\"features\":[\n"u8);
        var first = true;
        foreach (var area in areas)
        {
            stream.Write(first ? ""u8 : ",\n"u8);
            first = false;
            Feature.Write(stream, area);
        }

        stream.Write("\n]}\n"u8);
    }
}
