namespace GridMesh.Load.Districts;

internal static class Pages
{
    /// <summary>All items of a list that the product gives page by page.</summary>
    /// <param name="path">With a question mark in it.</param>
    public static async IAsyncEnumerable<JsonElement> ItemsAsync(this MeshClient client, string path, string token)
    {
        for (string? cursor = ""; cursor is not null;)
        {
            var after = cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = (await client.GetAsync($"{path}{after}", token)).Expect("the list");
            foreach (var item in page.GetProperty("items").EnumerateArray())
                yield return item;
            cursor = page.GetProperty("next").GetString();
        }
    }
}
