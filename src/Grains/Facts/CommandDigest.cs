using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Json;

namespace GridMesh.Grains.Facts;

/// <summary>
/// What a command asks for, in eight bytes: its kind and whatever its sender says in it. Who sends it and under which
/// id is no part of it. A member that is added later and left out changes nothing, for nulls are not written.
/// </summary>
internal static class CommandDigest
{
    private static readonly JsonSerializerOptions s_content = new(MeshJson.Compact)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEnvelope } },
    };

    public static long Of(ICommand command)
    {
        var sent = command.AsSent;
        var content = JsonSerializer.SerializeToUtf8Bytes(sent, sent.GetType(), s_content);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(sent.GetType().Name));
        hash.AppendData(content);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private static void LeaveOutEnvelope(JsonTypeInfo info)
    {
        if (!typeof(ICommand).IsAssignableFrom(info.Type))
            return;

        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            if ((info.Properties[i].AttributeProvider as System.Reflection.MemberInfo)?.Name
                is nameof(ICommand.CommandId) or nameof(ICommand.By) or nameof(ICommand.AsSent))
            {
                info.Properties.RemoveAt(i);
            }
        }
    }
}
