using Threadwell.Questions.Bench;

// search sqlite | search "Host=…;Database=…": an empty database; load [SECONDS]: a flood of forms on an embedded one.
switch (args)
{
    case ["search", var database]:
        await SearchStudy.RunAsync(database == "sqlite" ? null : database);
        return 0;
    case ["load", ..]:
        return await LoadStudy.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 60) ? 0 : 1;
    default:
        Console.Error.WriteLine("search sqlite | search \"Host=…;Database=…\" | load [SECONDS]");
        return 2;
}
