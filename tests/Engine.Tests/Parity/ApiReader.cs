using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GridMesh.Engine.Tests.Parity;

/// <summary>A visible type as text: what it derives from, implements and declares.</summary>
internal sealed record ApiType(string Name, string Base, ImmutableHashSet<string> Interfaces, ImmutableHashSet<string> Members);

/// <summary>Reads the visible API of an assembly file without loading it, so that its dependencies need not exist.</summary>
internal sealed class ApiReader : ISignatureTypeProvider<string, object?>
{
    private readonly MetadataReader _reader;

    private ApiReader(MetadataReader reader) => _reader = reader;

    public static Dictionary<string, ApiType> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = new ApiReader(file.GetMetadataReader());
        return reader._reader.TypeDefinitions.Select(reader._reader.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(reader.Describe)
            .Where(type => type.Name.StartsWith("Orleans", StringComparison.Ordinal))
            .ToDictionary(type => type.Name);
    }

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(",", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} mod({modifier})";

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{GetTypeFromDefinition(reader, outer, rawTypeKind)}+{reader.GetString(type.Name)}"
            : Full(type.Namespace, type.Name);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}+{reader.GetString(type.Name)}"
            : Full(type.Namespace, type.Name);
    }

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask)
            is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private string Full(StringHandle ns, StringHandle name) => $"{_reader.GetString(ns)}.{_reader.GetString(name)}";

    private string NameOf(EntityHandle handle) => handle.Kind switch
    {
        _ when handle.IsNil => "",
        HandleKind.TypeDefinition => GetTypeFromDefinition(_reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(_reader, (TypeReferenceHandle)handle, 0),
        _ => GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)handle, 0),
    };

    private ApiType Describe(TypeDefinition type)
    {
        var methods = type.GetMethods().Select(_reader.GetMethodDefinition).Where(m => IsVisible(m.Attributes)).Select(Describe);
        var fields = type.GetFields().Select(_reader.GetFieldDefinition)
            .Where(field => (field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public)
            .Select(field => $"{field.DecodeSignature(this, null)} {_reader.GetString(field.Name)}");
        return new ApiType(
            Full(type.Namespace, type.Name),
            NameOf(type.BaseType),
            [.. type.GetInterfaceImplementations().Select(i => NameOf(_reader.GetInterfaceImplementation(i).Interface))],
            [.. methods, .. fields]);
    }

    private string Describe(MethodDefinition method)
    {
        var signature = method.DecodeSignature(this, null);
        return $"{signature.ReturnType} {_reader.GetString(method.Name)}`{signature.GenericParameterCount}"
            + $"({string.Join(", ", signature.ParameterTypes)})";
    }
}
