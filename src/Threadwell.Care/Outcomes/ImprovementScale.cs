using Threadwell.Care.Rules;

namespace Threadwell.Care.Outcomes;

/// <summary>How much better it looks than before the treatment, in five steps and in words of our own, side by side with the photos of that day.</summary>
public static class ImprovementScale
{
    /// <summary>Best step.</summary>
    public const int Best = 1;

    /// <summary>Worst step.</summary>
    public const int Worst = 5;

    private static readonly Wording[] Steps =
    [
        new("Very much better: just as hoped for", "Đẹp lên rất nhiều: đúng như mong đợi"),
        new("Much better: clear to see, not quite as hoped for", "Đẹp lên nhiều: thấy rõ, chưa hoàn toàn như mong đợi"),
        new("A little better: to be seen beside the photo of before", "Đẹp lên một chút: so với ảnh trước mới thấy"),
        new("No change", "Không thay đổi"),
        new("Worse than before", "Xấu hơn trước"),
    ];

    /// <summary>The steps, 1 to 5.</summary>
    public static IReadOnlyList<int> All { get; } = [1, 2, 3, 4, 5];

    /// <summary>What a step says.</summary>
    /// <param name="step">1 to 5.</param>
    public static Wording Says(int step) => Steps[step - Best];
}
