using Threadwell.Cli;

return await CommandLine.RunAsync(args);
