namespace GridMesh.Load.Products;

/// <summary>Where a product of our own keeps its data.</summary>
internal enum ProductStorage
{
    Sqlite,
    Postgres,
}
