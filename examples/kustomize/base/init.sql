SET GLOBAL tidb_mem_quota_query = 8 << 30;
SET GLOBAL tidb_isolation_read_engines = 'tikv,tidb';
