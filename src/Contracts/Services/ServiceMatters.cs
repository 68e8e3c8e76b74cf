namespace GridMesh.Contracts.Services;

/// <summary>How a service is done.</summary>
[GenerateSerializer, Alias("ServiceMode")]
public enum ServiceMode
{
    /// <summary>代办: somebody of the grid does it for the person.</summary>
    ForYou,

    /// <summary>陪办: somebody goes with the person.</summary>
    WithYou,

    /// <summary>上门办: somebody comes to the person's home.</summary>
    AtHome,
}

/// <summary>A matter that people are helped with.</summary>
/// <param name="Documents">What the person has to have ready.</param>
/// <param name="Days">Working days in which it is done.</param>
public sealed record ServiceMatter(
    string Code, string Name, string NameEn, string Documents, string DocumentsEn, ImmutableArray<ServiceMode> Modes,
    int Days);

/// <summary>
/// The catalogue of fifteen common matters 代办事项. Limits and documents are realistic, and no town's own table.
/// </summary>
public static class ServiceMatters
{
    private static readonly ImmutableArray<ServiceMode> s_any =
        [ServiceMode.ForYou, ServiceMode.WithYou, ServiceMode.AtHome];

    private static readonly ImmutableArray<ServiceMode> s_inPerson = [ServiceMode.WithYou, ServiceMode.AtHome];

    private static readonly ImmutableArray<ServiceMode> s_office = [ServiceMode.ForYou, ServiceMode.WithYou];

    public static ImmutableArray<ServiceMatter> All { get; } =
    [
        new("flexible-insurance", "灵活就业参保", "Flexible-employment insurance",
            "身份证、户口簿", "Identity card, household register", s_any, 5),
        new("disability-certificate", "残疾人证办理", "Disability certificate",
            "身份证、照片、病历", "Identity card, photos, medical record", s_inPerson, 10),
        new("resident-medical-insurance", "城乡居民医保参保", "Residents' medical insurance",
            "身份证、户口簿", "Identity card, household register", s_any, 3),
        new("pension-check", "养老待遇资格认证", "Pension check",
            "身份证", "Identity card", s_inPerson, 3),
        new("elderly-card", "老年人优待证", "Card for the elderly",
            "身份证、照片", "Identity card, photos", s_any, 5),
        new("elderly-allowance", "高龄津贴申请", "Allowance for the very old",
            "身份证、银行卡", "Identity card, bank card", s_any, 10),
        new("low-income-aid", "最低生活保障申请", "Low-income aid",
            "身份证、户口簿、收入证明", "Identity card, household register, proof of income", s_any, 15),
        new("temporary-aid", "临时救助申请", "Temporary aid",
            "身份证、困难证明材料", "Identity card, proof of hardship", s_any, 3),
        new("birth-registration", "生育登记", "Birth registration",
            "夫妻双方身份证、结婚证", "Both identity cards, marriage certificate", s_office, 3),
        new("residence-permit", "居住证办理", "Residence permit",
            "身份证、租赁合同、照片", "Identity card, lease, photos", s_office, 5),
        new("job-registration", "失业登记与就业推荐", "Unemployment registration and job search",
            "身份证、离职证明", "Identity card, proof of leaving", s_office, 5),
        new("veteran-card", "退役军人优待证", "Veteran's card",
            "身份证、退役证件、照片", "Identity card, discharge papers, photos", s_any, 10),
        new("housing-aid", "公租房申请", "Public rental housing",
            "身份证、户口簿、收入与住房证明", "Identity card, household register, proof of income and housing", s_office, 15),
        new("school-place", "随迁子女入学登记", "School place for a child who moved here",
            "户口簿、居住证、出生证明", "Household register, residence permit, birth certificate", s_office, 7),
        new("medical-refund", "医疗费用报销", "Refund of medical costs",
            "身份证、发票、出院小结", "Identity card, invoices, discharge summary", s_any, 10),
    ];

    private static readonly Dictionary<string, ServiceMatter> s_byCode = All.ToDictionary(matter => matter.Code);

    public static ServiceMatter? Find(string? code) => code is null ? null : s_byCode.GetValueOrDefault(code);
}
