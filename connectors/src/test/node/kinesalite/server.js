// Serves Kinesis by kinesalite on the loopback interface until standard input ends. Prints its port once it serves.
const kinesalite = require('kinesalite')

// how long things take, in milliseconds, and how many shards there may be
const server = kinesalite({ createStreamMs: 1, deleteStreamMs: 1, updateStreamMs: 1, shardLimit: 500 })
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.on('end', () => process.exit()).resume()
