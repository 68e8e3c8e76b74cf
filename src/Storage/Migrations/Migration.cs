namespace GridMesh.Storage.Migrations;

/// <summary>One step of the schema; the file's number is its version.</summary>
internal sealed record Migration(int Version, string Name, string Sql);
