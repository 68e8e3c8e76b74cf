using System.Reflection;
using GridMesh.Contracts.Settings;
using GridMesh.Tidy.Tests;

namespace GridMesh.Silo.Tests.Settings;

public sealed class ConfigurationTests
{
    [Fact(DisplayName = "[CF1] the documents of the configuration are what the options say; ./dev settings writes them")]
    public void Documents()
    {
        foreach (var words in ConfigurationDocument.Languages)
            Repository.Read(words.File).ShouldBe(ConfigurationDocument.Of(words), words.File);
    }

    [Fact(DisplayName = "[CF1] every options class of the product is among the sections")]
    public void AllSections()
    {
        var declared = Directory.GetFiles(AppContext.BaseDirectory, "GridMesh.*.dll")
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).Select(Assembly.LoadFrom)
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetField("Section")?.GetRawConstantValue() as string).OfType<string>();
        ConfigurationDocument.Sections.Select(section => section.Name).ShouldBe(declared, ignoreOrder: true);
    }

    [Fact(DisplayName = "[CF1] a setting is described in both languages, and no key is given twice")]
    public void Described()
    {
        var settings = ConfigurationDocument.Sections.SelectMany(section => section.Settings).ToList();
        settings.Select(setting => setting.Key).ShouldBeUnique();
        settings.ShouldAllBe(setting => setting.Words.English.EndsWith('.') && setting.Words.Chinese.EndsWith('。'));
    }

    [Fact(DisplayName = "[CF1] an option without a description is refused by its name")]
    public void Undescribed() => Should.Throw<InvalidOperationException>(() => SettingSection.Of(new Silent()))
        .Message.ShouldContain("Silent.Volume");

    [Setting("Says nothing.", "无言。")]
    private sealed class Silent
    {
        public const string Section = "GridMesh:Silent";

        public int Volume { get; set; }
    }
}
